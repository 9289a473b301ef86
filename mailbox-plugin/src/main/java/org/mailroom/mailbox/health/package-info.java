/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What James's health checks are told of Mailroom: facts come in from its parts, each a {@link
 * org.mailroom.mailbox.health.HealthContributor}, a verdict goes out. Nothing here knows how those parts work.
 */
package org.mailroom.mailbox.health;
