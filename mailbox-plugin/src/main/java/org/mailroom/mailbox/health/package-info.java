/* SPDX-License-Identifier: Apache-2.0 */
/** What James's health checks are told of the search indexes: problems come in from sync, a verdict goes out. */
package org.mailroom.mailbox.health;
