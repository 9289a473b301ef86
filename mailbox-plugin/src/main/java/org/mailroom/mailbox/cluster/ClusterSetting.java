/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

/**
 * What all processes of a cluster have to have alike. Bound in a Guice set ({@code Multibinder.newSetBinder(binder(),
 * ClusterSetting.class).addBinding()...}). Thread-safe.
 */
public interface ClusterSetting {

    /** What an administrator calls it: the name of a file. No blanks. */
    String name();

    /** A text that is another one where the setting is another: a short checksum. Quick. No blanks. */
    String digest();

    /** Whether the processes do wrong things while they differ. */
    boolean hasToBeEqual();
}
