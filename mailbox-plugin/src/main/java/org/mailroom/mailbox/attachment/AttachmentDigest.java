/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;

/** Identifies an attachment without keeping it. */
record AttachmentDigest(HashCode sha256) {

    static AttachmentDigest of(byte[] document) {
        return new AttachmentDigest(Hashing.sha256().hashBytes(document));
    }
}
