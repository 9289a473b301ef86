/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Checks Mailroom's health for James. Each part of Mailroom that can be in trouble is a {@link
 * org.mailroom.mailbox.health.HealthContributor} and gives {@link org.mailroom.mailbox.health.HealthFact}s; {@link
 * org.mailroom.mailbox.health.SearchIndexHealthCheck} makes one verdict of them. Nothing here knows how those parts
 * work.
 */
package org.mailroom.mailbox.health;
