/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Changes {@code folder-rules.xml} for administrators, rule by rule, and keeps the versions that it had. The file stays what
 * decides: {@link org.mailroom.mailets.editing.RuleEditor} changes its text, {@code rules} reads it and refuses what is wrong.
 * Nothing here knows mail.
 */
package org.mailroom.mailets.editing;
