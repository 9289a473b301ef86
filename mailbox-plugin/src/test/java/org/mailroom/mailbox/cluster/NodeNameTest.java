/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNameTest {

    @Test
    void aNameShouldStayAndBeMadeAgainWhereTheFileIsDamaged(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("mailroom").resolve("node");

        String name = NodeName.in(file);
        assertThat(name).matches("node[A-Za-z0-9]{4,34}");
        assertThat(NodeName.in(file)).isEqualTo(name);

        Files.writeString(file, "two words\n");
        assertThat(NodeName.in(file)).matches("node[A-Za-z0-9]{4,34}").isEqualTo(NodeName.in(file));
    }
}
