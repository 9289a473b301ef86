/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts Mailroom into a James on disk, or takes it out: {@code install.sh} of the release runs it. Needs nothing but its
 * own JAR. Ends with 0, with 1 where nothing was changed because it could not be, with 2 for wrong arguments.
 */
public final class InstallCommand {
    private static final String USAGE =
            """
            Usage: install.sh JAMES_DIRECTORY [--dry-run] [--uninstall] [--james VERSION] [--jars DIR] [--conf DIR]

            Puts Mailroom into the James that works in JAMES_DIRECTORY, the one with conf/ in it: copies the two JARs for its
            version into extensions-jars/ and adds Mailroom's lines to the files in conf/. A file that is changed is kept
            as NAME.before-mailroom. Running it again changes nothing. Restart James afterwards.

              --dry-run          only say what would be done
              --uninstall        take Mailroom out again; mail, indexes and journals stay
              --james VERSION    the version of James, such as 3.8.1, where it cannot be recognised by its libraries
              --jars DIR         where Mailroom's JARs are; default: where this one is
              --conf DIR         where Mailroom's sample files are; default: conf beside the directory of the JARs
            """;

    private InstallCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out::println));
    }

    /** Runs the command and gives its exit status; {@code report} gets what it says, line by line. */
    public static int run(List<String> arguments, Consumer<String> report) {
        boolean dryRun = false;
        boolean uninstall = false;
        Optional<Path> james = Optional.empty();
        Optional<String> version = Optional.empty();
        Optional<Path> jars = Optional.empty();
        Optional<Path> conf = Optional.empty();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.remove();
            switch (argument) {
                case "--dry-run" -> dryRun = true;
                case "--uninstall" -> uninstall = true;
                case "--james" -> version = Optional.ofNullable(left.poll());
                case "--jars" -> jars = Optional.ofNullable(left.poll()).map(Path::of);
                case "--conf" -> conf = Optional.ofNullable(left.poll()).map(Path::of);
                default -> {
                    if (argument.startsWith("-") || james.isPresent()) {
                        report.accept(USAGE.stripTrailing());
                        return argument.equals("--help") || argument.equals("-h") ? 0 : 2;
                    }
                    james = Optional.of(Path.of(argument));
                }
            }
        }
        if (james.isEmpty()) {
            report.accept(USAGE.stripTrailing());
            return 2;
        }
        try {
            Path directory = jars.orElseGet(InstallCommand::ownDirectory);
            Release release = new Release(directory, conf.orElse(directory.resolveSibling("conf")));
            JamesDirectory found = version.isPresent()
                    ? new JamesDirectory(james.get(), version.get())
                    : JamesDirectory.at(james.get());
            report.accept((dryRun ? "Would change" : "Changing") + " James " + found.version() + " in " + found.root());
            Installation installation = new Installation(found, release, dryRun, line -> report.accept("  " + line));
            if (uninstall) {
                installation.uninstall();
            } else {
                installation.install();
            }
            report.accept(dryRun ? "Nothing was changed." : "Done. Restart James.");
            return 0;
        } catch (UnusableFileException e) {
            report.accept("Not done: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            report.accept("Not done, or not all of it: " + e + ". Repeat the command when the cause is gone.");
            return 1;
        }
    }

    private static Path ownDirectory() {
        try {
            return Objects.requireNonNull(Path.of(InstallCommand.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath()
                    .getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
