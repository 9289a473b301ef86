/* SPDX-License-Identifier: Apache-2.0 */
/**
 * {@code conf/search-index.xml}: its elements come in, checked values go out. A wrong value stops the start here and
 * nowhere later; what the values mean is known by those who use them.
 */
package org.mailroom.mailbox.config;
