/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Searches and search indexes for administrators: HTTP routes under {@code /mailroom} in James's webadmin, and the task that
 * works on indexes. Requests come in, JSON goes out; which searches there are is known in {@code search}, what is done to
 * indexes and to whose mail is known in {@code admin}. What users search for never goes out.
 */
package org.mailroom.mailbox.webadmin;
