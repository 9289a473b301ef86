/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

/** With no listener: comparing must find all. */
class VisibilityWithoutEventsTest extends VisibilityContract {
    @Override
    boolean listening() {
        return false;
    }
}
