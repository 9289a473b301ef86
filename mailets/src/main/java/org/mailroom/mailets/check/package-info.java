/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reports what rules would have matched. {@link org.mailroom.mailets.check.RuleCheck} takes rules and a number of days
 * and gives a {@link org.mailroom.mailets.check.CheckReport}. It searches stored mail and does nothing else: {@code
 * runs} plans what a rule would do to a message, and nothing here changes mail.
 */
package org.mailroom.mailets.check;
