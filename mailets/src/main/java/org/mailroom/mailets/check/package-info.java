/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tells what rules would have met: rules and a number of days come in, a {@link org.mailroom.mailets.check.CheckReport}
 * goes out. Stored mail is searched and nothing else is done with it: what a rule would do to a message is planned in
 * {@code runs}, and changes are made nowhere here.
 */
package org.mailroom.mailets.check;
