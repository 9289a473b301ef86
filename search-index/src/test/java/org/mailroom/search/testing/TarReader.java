/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the plain files of a tar archive; what extends their names beyond ustar is passed over. */
final class TarReader {

    private static final int BLOCK = 512;

    private TarReader() {}

    static List<RawMessage> files(InputStream tar) throws IOException {
        List<RawMessage> files = new ArrayList<>();
        byte[] head = tar.readNBytes(BLOCK);
        while (head.length == BLOCK && head[0] != 0) {
            int size = Integer.parseInt(text(head, 124, 12).strip(), 8);
            byte[] content = tar.readNBytes(size);
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            if (head[156] == '0' || head[156] == 0) {
                files.add(new RawMessage(text(head, 0, 100), content));
            }
            head = tar.readNBytes(BLOCK);
        }
        return files;
    }

    private static String text(byte[] block, int offset, int length) {
        String field = new String(block, offset, length, StandardCharsets.UTF_8);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
