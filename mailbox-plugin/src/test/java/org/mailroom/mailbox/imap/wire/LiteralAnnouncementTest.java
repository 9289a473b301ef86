/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralAnnouncementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    TEXT {7+}           | 7
                    TEXT {0+}           | 0
                    "a b" {12+}         | 12
                    "a \\" {3+}" {4+}   | 4
                    {1+} {2+}           | 2
                    {{5+}               | 5
                    {99999999999999+}   | 2147483647
                    TEXT {7}            | -1
                    TEXT {7+} x         | -1
                    TEXT "{7+}          | -1
                    TEXT "{7+}"         | -1
                    TEXT {+}            | -1
                    TEXT {x+}           | -1
                    TEXT {7+            | -1
                    ALL                 | -1
                    """)
    void onlyLineEndsBehindALengthShouldAnnounceALiteral(String line, long length) {
        LiteralAnnouncement announcement = new LiteralAnnouncement();
        (line + "\r\n").chars().forEach(announcement::add);
        assertThat(announcement.notWaitedFor()).isEqualTo(length);
    }
}
