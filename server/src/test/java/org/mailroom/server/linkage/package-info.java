/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whether the JARs for James 3.9, which nothing was compiled against, fit James 3.9.0: every class, method and field that
 * their class files name must be there, with that signature.
 *
 * <p>In come the JARs, those of James 3.9.0 that Maven Central has, and {@code james-3.9.0.txt}, the reviewed list of what
 * stands in the others; out come disagreements. Must not live here: anything that starts a James.
 */
package org.mailroom.server.linkage;
