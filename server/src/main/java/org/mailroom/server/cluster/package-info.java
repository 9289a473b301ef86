/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A cluster to try and to test with: Cassandra and RabbitMQ on loopback, and processes of James that share them. It starts
 * other processes and talks to none of them. How James uses the services is {@link org.mailroom.server.store.SharedStore}'s
 * matter.
 */
package org.mailroom.server.cluster;
