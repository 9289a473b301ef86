/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Searches for administrators: HTTP routes under {@code /mailroom} in James's webadmin. Requests come in, JSON goes out;
 * which searches there are is known in {@code search}. What is searched for never goes out.
 */
package org.mailroom.mailbox.webadmin;
