/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.health;

import java.util.List;

/**
 * Reports to the health check what is wrong with a part of Mailroom. Bound in a Guice set ({@code
 * Multibinder.newSetBinder(binder(), HealthContributor.class).addBinding()...}). Thread-safe.
 */
public interface HealthContributor {

    /**
     * What is to be known now, in an order that is the same for the same facts; empty where all is well. A fact goes away
     * by itself once its cause has ended. Quick: neither reads files of any size nor waits. What it lists is bounded, whatever
     * went wrong.
     */
    List<HealthFact> facts();
}
