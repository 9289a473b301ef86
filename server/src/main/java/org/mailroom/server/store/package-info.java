/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where the trial server keeps its mail: James's JPA stores on an embedded H2 database, or James's in-memory stores.
 *
 * <p>Lives here: the Guice modules that James 3.8.1 does not publish for its JPA stores, and the database they share. Must
 * not live here: anything about search or the plugin. In comes a directory, out go Guice modules for
 * {@link org.mailroom.server.JamesServer}.
 */
package org.mailroom.server.store;
