/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mailroom's health check for James. Each part of Mailroom that can be in trouble is a {@link
 * org.mailroom.mailbox.health.HealthContributor} and gives facts; the check makes one verdict of them. Nothing here knows how
 * those parts work.
 */
package org.mailroom.mailbox.health;
