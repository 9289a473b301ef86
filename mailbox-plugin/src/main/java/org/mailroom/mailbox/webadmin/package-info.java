/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Shows searches and search indexes to administrators: HTTP routes under {@code /mailroom} in James's webadmin, and the
 * task that works on indexes; and the page for administrators, whose files are resources beside this package. Requests come
 * in, JSON goes out; {@code search} knows which searches there are, {@code admin} what is done to indexes and to whose mail.
 * What users search for never goes out.
 */
package org.mailroom.mailbox.webadmin;
