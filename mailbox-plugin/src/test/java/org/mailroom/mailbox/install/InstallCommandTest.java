/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallCommandTest {
    private static final String IMAP_PACKAGE =
            "<imapPackages>org.mailroom.mailbox.imap.MailroomImapPackage</imapPackages>";

    @TempDir
    Path directory;

    private Path james;
    private Path conf;
    private Path jars;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void layOut() throws IOException {
        james = Files.createDirectories(directory.resolve("james"));
        conf = Files.createDirectories(james.resolve("conf"));
        jars = Files.createDirectories(directory.resolve("release").resolve("jars"));
        for (String name : List.of(
                "mailbox-plugin-1.0.jar",
                "mailets-1.0.jar",
                "mailbox-plugin-1.0-james3.9.jar",
                "mailets-1.0-james3.9.jar")) {
            jar(jars.resolve(name), "org/mailroom/" + name);
        }
        Path samples = Files.createDirectories(directory.resolve("release").resolve("conf"));
        Files.writeString(samples.resolve("folder-rules.xml"), "<folder-rules/>");
        write(
                "imapserver.xml",
                """
                <imapservers>
                    <!-- <imapserver> in a comment -->
                    <imapserver enabled="true">
                        <bind>0.0.0.0:143</bind>
                    </imapserver>
                    <imapserver enabled="false">
                        <bind>0.0.0.0:993</bind>
                    </imapserver>
                </imapservers>
                """);
        write(
                "mailetcontainer.xml",
                """
                <mailetcontainer>
                  <processors>
                    <processor state="transport">
                        <!-- <mailet match="All" class="LocalDelivery"/> -->
                        <mailet match="RecipientIsLocal" class="LocalDelivery"/>
                        <mailet match="All" class="RemoteDelivery"/>
                    </processor>
                  </processors>
                </mailetcontainer>
                """);
        write("extensions.properties", "# modules\n#guice.extension.module=");
        write("webadmin.properties", "enabled=true\r\nextensions.routes=org.example.Routes\r\n");
        write("healthcheck.properties", "# additional.healthchecks=\n");
        write("logback.xml", "<configuration>\n</configuration>");
        write("listeners.xml", "<listeners>\n</listeners>");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(conf.resolve(name), text);
    }

    private String read(String name) throws IOException {
        return Files.readString(conf.resolve(name));
    }

    private static void jar(Path path, String entry) throws IOException {
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry(entry));
        }
    }

    private void library(String version) throws IOException {
        Path lib = Files.createDirectories(james.resolve("james-server-jpa-app.lib"));
        Files.createFile(lib.resolve("apache-james-mailbox-api-" + version + ".jar"));
    }

    private int run(String... options) {
        said.clear();
        List<String> arguments = new ArrayList<>(List.of(james.toString(), "--jars", jars.toString()));
        arguments.addAll(List.of(options));
        return InstallCommand.run(arguments, said::add);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(james)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        james.relativize(file).toString(),
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Test
    void installAddsEveryLineForJames38() throws IOException {
        library("3.8.1");

        assertThat(run()).as("%s", said).isZero();

        assertThat(james.resolve("extensions-jars")).isDirectoryContaining("glob:**/mailbox-plugin-1.0.jar");
        assertThat(james.resolve("extensions-jars")).isDirectoryNotContaining("glob:**james3.9*");
        assertThat(read("imapserver.xml"))
                .startsWith("<imapservers>\n    " + IMAP_PACKAGE + "\n")
                .containsOnlyOnce(IMAP_PACKAGE);
        assertThat(read("mailetcontainer.xml"))
                .contains(
                        """
                                <mailet match="RecipientIsLocal" class="org.mailroom.mailets.FolderRules"/>
                                <mailet match="RecipientIsLocal" class="LocalDelivery"/>
                        """
                                .indent(0)
                                .stripTrailing())
                .containsOnlyOnce("org.mailroom.mailets.FolderRules");
        assertThat(read("extensions.properties"))
                .isEqualTo(
                        """
                        # modules
                        #guice.extension.module=
                        guice.extension.module=org.mailroom.mailbox.MailroomModule,org.mailroom.mailets.MailetsModule
                        guice.extension.startable=org.mailroom.mailets.webadmin.ScheduledRules,org.mailroom.mailets.webadmin.UnfinishedRuns
                        guice.extension.task=org.mailroom.mailets.webadmin.RuleRunTaskExtension,org.mailroom.mailbox.webadmin.IndexTaskExtension
                        """);
        assertThat(read("webadmin.properties"))
                .contains("extensions.routes=org.example.Routes,org.mailroom.mailets.webadmin.FolderRulesRoutes,"
                        + "org.mailroom.mailbox.webadmin.SearchRoutes,org.mailroom.mailbox.webadmin.IndexRoutes,"
                        + "org.mailroom.mailbox.webadmin.AdminSearchRoutes,"
                        + "org.mailroom.mailbox.webadmin.AdminPageRoutes");
        assertThat(read("listeners.xml"))
                .isEqualTo(
                        """
                        <listeners>
                          <listener>
                            <class>org.mailroom.mailbox.sync.IndexingListener</class>
                          </listener>
                          <listener>
                            <class>org.mailroom.mailets.FolderRulesListener</class>
                          </listener>
                        </listeners>"""
                                .stripTrailing());
        assertThat(conf.resolve("folder-rules.xml")).exists();
    }

    @Test
    void installAddsTheImapPackageToEachServerOfJames39() throws IOException {
        library("3.9.0");

        assertThat(run()).as("%s", said).isZero();

        assertThat(james.resolve("extensions-jars")).isDirectoryContaining("glob:**/mailets-1.0-james3.9.jar");
        assertThat(read("imapserver.xml").split("\\Q" + IMAP_PACKAGE + "\\E", -1))
                .hasSize(3);
        assertThat(read("imapserver.xml"))
                .contains("<imapserver enabled=\"false\">\n        " + IMAP_PACKAGE
                        + "\n        <bind>0.0.0.0:993</bind>");
    }

    @Test
    void installReplacesThePackageOfJamesAndKeepsOthers() throws IOException {
        library("3.8.1");
        write(
                "imapserver.xml",
                "<imapservers><imapPackages>org.apache.james.modules.protocols.DefaultImapPackage</imapPackages>"
                        + "<imapPackages>org.example.Own</imapPackages><imapserver/></imapservers>");

        assertThat(run()).isZero();

        assertThat(read("imapserver.xml"))
                .isEqualTo("<imapservers>" + IMAP_PACKAGE
                        + "<imapPackages>org.example.Own</imapPackages><imapserver/></imapservers>");
    }

    @Test
    void installTwiceChangesNothing() throws IOException {
        library("3.8.1");
        run();
        Map<String, String> once = files();

        assertThat(run()).isZero();

        assertThat(files()).isEqualTo(once);
        assertThat(said).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.1", "3.9.0"})
    void uninstallBringsBackFilesToTheOctet(String version) throws IOException {
        library(version);
        Files.delete(conf.resolve("listeners.xml"));
        Files.write(conf.resolve("extensions.properties"), new byte[] {'#', (byte) 0xE4, '\r', '\n'});
        Map<String, String> before = files();
        run();
        assertThat(files()).isNotEqualTo(before);

        assertThat(run("--uninstall")).isZero();

        assertThat(files()).isEqualTo(before);
        assertThat(james.resolve("extensions-jars")).doesNotExist();
    }

    @Test
    void uninstallKeepsWhatSomebodyHasChangedSince() throws IOException {
        library("3.8.1");
        run();
        write("imapserver.xml", read("imapserver.xml").replace("0.0.0.0:143", "127.0.0.1:1143"));
        write("folder-rules.xml", "<folder-rules><!-- mine --></folder-rules>");

        assertThat(run("--uninstall")).isZero();

        assertThat(read("imapserver.xml")).contains("127.0.0.1:1143").doesNotContain("mailroom");
        assertThat(read("folder-rules.xml")).contains("mine");
    }

    @Test
    void dryRunSaysWhatItWouldDoAndDoesNothing() throws IOException {
        library("3.8.1");
        Map<String, String> before = files();

        assertThat(run("--dry-run")).isZero();

        assertThat(files()).isEqualTo(before);
        assertThat(said)
                .contains("  change conf/imapserver.xml:", "      " + IMAP_PACKAGE)
                .contains("  add extensions-jars/mailets-1.0.jar")
                .last()
                .isEqualTo("Nothing was changed.");
    }

    @Test
    void nothingIsChangedWhereOneFileHasNoPlaceForALine() throws IOException {
        library("3.8.1");
        write("listeners.xml", "<other/>");
        Map<String, String> before = files();

        assertThat(run()).isEqualTo(1);

        assertThat(files()).isEqualTo(before);
        assertThat(said)
                .last()
                .asString()
                .contains("conf/listeners.xml cannot be changed: it has no <listeners> element");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.1", "3.9.0"})
    void jamesThatServesNoImapIsRefused(String version) throws IOException {
        library(version);
        Files.delete(conf.resolve("imapserver.xml"));
        Map<String, String> before = files();

        assertThat(run()).isEqualTo(1);

        assertThat(files()).isEqualTo(before);
        assertThat(said).last().asString().contains("conf/imapserver.xml").contains("needs a James that serves IMAP");
    }

    @Test
    void searchIsInstalledWhereNothingDeliversLocally() throws IOException {
        library("3.8.1");
        write("mailetcontainer.xml", "<mailetcontainer/>");

        assertThat(run()).isZero();

        assertThat(read("mailetcontainer.xml")).isEqualTo("<mailetcontainer/>");
        assertThat(said).anyMatch(line -> line.contains("without folder rules at delivery"));
    }

    @Test
    void unknownDirectoriesAndArgumentsAreRefused() {
        assertThat(run()).isEqualTo(1);
        assertThat(said).last().asString().contains("--james 3.8");
        assertThat(run("--unknown")).isEqualTo(2);
        assertThat(InstallCommand.run(List.of(), said::add)).isEqualTo(2);
        assertThat(InstallCommand.run(List.of("--help"), said::add)).isZero();
    }

    @Test
    void jarsForAnotherJamesAreRefused() throws IOException {
        library("3.9.0");
        Files.delete(jars.resolve("mailets-1.0-james3.9.jar"));

        assertThat(run()).isEqualTo(1);
        assertThat(said).last().asString().contains("has no mailets JAR for James 3.9.0");
    }

    @Test
    void onlyRulesThatActOnAnOccasionNeedItsLines() {
        MailroomConfiguration configuration = MailroomConfiguration.james38();
        String onFlag = "<folder-rules><!-- <rule on='schedule'> --><rule name='a' on='delivery flag'/></folder-rules>";

        assertThat(configuration.needed(""))
                .extracting(ConfigurationEdit::part)
                .contains("SEARCH, SORT and THREAD", "searches listed and cancelled in webadmin")
                .doesNotContain("folder rules at delivery", "folder rules on schedule");
        assertThat(configuration.needed(onFlag))
                .extracting(ConfigurationEdit::part)
                .contains("folder rules at delivery", "folder rules on append, move and flag")
                .doesNotContain("folder rules on schedule");
    }
}
