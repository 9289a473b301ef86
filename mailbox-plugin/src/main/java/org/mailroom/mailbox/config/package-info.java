/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads {@code conf/search-index.xml}: {@link org.mailroom.mailbox.config.SearchIndexFile} takes its elements and gives
 * a checked {@link org.mailroom.mailbox.config.SearchIndexConfiguration}. A wrong value stops the start here and
 * nowhere later; those who use the values know what they mean.
 */
package org.mailroom.mailbox.config;
