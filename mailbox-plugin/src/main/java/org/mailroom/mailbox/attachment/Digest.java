/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;

/** What tells one attachment from another, without keeping it. */
record Digest(HashCode sha256) {

    static Digest of(byte[] document) {
        return new Digest(Hashing.sha256().hashBytes(document));
    }
}
