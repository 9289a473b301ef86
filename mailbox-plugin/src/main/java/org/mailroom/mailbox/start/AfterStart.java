/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.start;

/** Work to begin once James has started. Bound in a Guice set, as James has no place for that without a line in its configuration. */
@FunctionalInterface
public interface AfterStart {

    /** James has started. Returns soon; a failure is logged and stops nothing. */
    void started();
}
