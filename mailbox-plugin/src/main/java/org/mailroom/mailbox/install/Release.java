/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What is installed: Mailroom's JARs, those for 3.9 with {@code james3.9} in their names, and its sample files.
 *
 * @param jars the directory of the JARs
 * @param conf the directory of the sample files
 */
record Release(Path jars, Path conf) {
    private static final List<String> NAMES = List.of("mailbox-plugin", "mailets");

    /** Files of Mailroom's own, which a James may have changed. */
    static final List<String> OWN_FILES = List.of("search-index.xml", "folder-rules.xml", "folder-rules.xsd");

    /**
     * The two JARs for a version of James.
     *
     * @throws UnusableFileException where they are not here
     */
    List<Path> jarsFor(String version) throws IOException, UnusableFileException {
        boolean jakarta = MailroomConfiguration.isJakarta(version);
        List<Path> found = new ArrayList<>();
        for (String name : NAMES) {
            try (Stream<Path> files = Files.list(jars)) {
                found.add(files.filter(file -> isJar(file, name) && isForJakarta(file) == jakarta)
                        .findFirst()
                        .orElseThrow(() -> new UnusableFileException(jars + " has no " + name + " JAR for James "
                                + version + ": use the release of Mailroom for that James")));
            }
        }
        return found;
    }

    private static boolean isForJakarta(Path jar) {
        return jar.getFileName().toString().contains("james3.9");
    }

    private static boolean isJar(Path file, String name) {
        String own = file.getFileName().toString();
        return own.startsWith(name) && own.endsWith(".jar") && !own.contains("sources") && !own.contains("javadoc");
    }

    /** The JARs of Mailroom, of whatever version, in a directory that need not be there. */
    static List<Path> installedIn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                if (NAMES.stream().anyMatch(name -> isJar(file, name)) && isMailrooms(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static boolean isMailrooms(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().anyMatch(entry -> entry.getName().startsWith("org/mailroom/"));
        }
    }
}
