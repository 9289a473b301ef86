/* SPDX-License-Identifier: Apache-2.0 */
/** Two processes of James that share a Cassandra and a RabbitMQ: what one was told is done, the next search on the other has. */
package org.mailroom.server.cluster;
