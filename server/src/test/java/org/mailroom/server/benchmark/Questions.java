/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;

/**
 * What servers are asked about the same mail.
 *
 * @param table the rows of the table with their answers
 * @param unasked for each of them, others of its kind
 */
record Questions(List<Expected> table, List<Unasked> unasked) {}
