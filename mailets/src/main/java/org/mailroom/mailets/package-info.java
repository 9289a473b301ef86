/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What {@code mailetcontainer.xml} and {@code extensions.properties} name: the matchers, the mailets and the Guice module.
 * A mail in transit comes in; the recipients for which a mailet is to run go out of a matcher, and a mail that knows where
 * it is to be stored out of a mailet. What a condition means for a mail is in {@code conditions}, what rules are in
 * {@code rules}, and what is done with a mail in {@code delivery}.
 */
package org.mailroom.mailets;
