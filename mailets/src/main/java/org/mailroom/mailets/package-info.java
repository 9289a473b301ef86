/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What {@code mailetcontainer.xml} and {@code extensions.properties} name: the matchers and the Guice module. A mail in
 * transit comes in, the recipients for which a mailet is to run go out. What a condition means for a mail is in
 * {@code transit}; James's store and the index are not known here.
 */
package org.mailroom.mailets;
