/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Apache Cassandra as a process that ends with the one that started it. The settings come in by system properties and a
 * file, mail comes in by Cassandra's native protocol. Nothing of James or of Mailroom lives here.
 */
package org.mailroom.cassandra;
