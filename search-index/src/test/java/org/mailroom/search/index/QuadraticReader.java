/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Looks for the end of a text from each of its characters, as nobody should: the tests of growth must see that. */
public final class QuadraticReader implements Consumer<byte[]> {
    @Override
    public void accept(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < text.length(); i++) {
            if (text.indexOf('a', i) >= 0) {
                throw new IllegalArgumentException("there is an end");
            }
        }
    }
}
