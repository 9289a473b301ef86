/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The processes of a cluster, as they know each other: each writes a few short texts into the store that all share, and
 * reads those of the others. Who wants to know a node's name, its peers, or whether this process is to do what one does for
 * all, asks {@link org.mailroom.mailbox.cluster.Cluster}. No mail and no index is known here; no search waits for it.
 */
package org.mailroom.mailbox.cluster;
