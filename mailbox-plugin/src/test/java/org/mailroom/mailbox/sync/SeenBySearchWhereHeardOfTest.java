/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

/** With each change heard of. */
class SeenBySearchWhereHeardOfTest extends SeenBySearchContract {
    @Override
    boolean listening() {
        return true;
    }
}
