/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingDirectoryTest {
    @TempDir
    Path home;

    @TempDir
    Path directory;

    @BeforeEach
    void layOutHome() throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("extensions-jars"));
        Files.writeString(home.resolve("conf/imapserver.xml"), "<a><bind>0.0.0.0:143</bind></a>");
        Files.writeString(home.resolve("conf/webadmin.properties"), "enabled=true\nport=8000\n");
        Files.writeString(home.resolve("conf/logback.xml"), "<configuration/>");
        Files.writeString(home.resolve("extensions-jars/plugin.jar"), "new");
    }

    @Test
    void copiedConfigurationShouldListenOnLoopbackAtTheChosenPorts() throws IOException {
        WorkingDirectory work = new WorkingDirectory(directory);
        work.prepare(home);
        assertThat(directory.resolve("conf/imapserver.xml"))
                .hasContent(
                        "<a><bind>127.0.0.1:${sys:mailroom.port.143}</bind><gracefulShutdown>false</gracefulShutdown></a>");
        assertThat(directory.resolve("conf/webadmin.properties"))
                .hasContent("enabled=true\nport=${sys:mailroom.port.8000}\n");
        assertThat(work.properties(new Ports(20000)))
                .containsEntry("mailroom.port.143", "20143")
                .containsEntry("mailroom.port.8000", "28000")
                .containsEntry("working.directory", directory.toAbsolutePath().toString());
    }

    @Test
    void changedConfigurationShouldStayAndOldJarsShouldGo() throws IOException {
        WorkingDirectory work = new WorkingDirectory(directory);
        work.prepare(home);
        Files.writeString(directory.resolve("conf/logback.xml"), "changed");
        Files.writeString(directory.resolve("extensions-jars/plugin.jar"), "old");
        work.prepare(home);
        assertThat(directory.resolve("conf/logback.xml")).hasContent("changed");
        assertThat(directory.resolve("extensions-jars/plugin.jar")).hasContent("new");
        assertThat(work.properties(new Ports(21000))).containsEntry("mailroom.port.143", "21143");
    }

    @Test
    void aTikaServerShouldBeAskedOnceItIsWantedUnlessTheFileNamesOne() throws IOException {
        WorkingDirectory work = new WorkingDirectory(directory);
        Files.writeString(
                home.resolve("conf/search-index.xml"),
                "<search-index>\n  <!--\n  <attachment-text/> -->\n</search-index>\n");
        work.prepare(home);
        work.askTikaServer();
        work.askTikaServer();
        assertThat(directory.resolve("conf/search-index.xml"))
                .hasContent(
                        """
                        <search-index>
                          <!--
                          <attachment-text/> -->
                          <attachment-text>
                            <tika-server>${sys:mailroom.tika-server}</tika-server>
                          </attachment-text>
                        </search-index>
                        """);

        Files.writeString(
                directory.resolve("conf/search-index.xml"),
                "<search-index><attachment-text><timeout>1s</timeout></attachment-text></search-index>");
        assertThatThrownBy(work::askTikaServer)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("search-index.xml has an <attachment-text> of its own");
    }

    @Test
    void takenPortShouldBeNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = new Ports(taken.getLocalPort() - 143);
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void baseShouldLeaveRoomForTheHighestPort() {
        assertThatThrownBy(() -> new Ports(60000)).hasMessageContaining("between 0 and 57535");
    }
}
