/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Shows searches to administrators: {@link org.mailroom.mailbox.webadmin.SearchRoutes} serves HTTP routes under {@code
 * /mailroom} in James's webadmin. Requests come in, JSON goes out; {@code search} knows which searches there are. What
 * is searched for never goes out.
 */
package org.mailroom.mailbox.webadmin;
