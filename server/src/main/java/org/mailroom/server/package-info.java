/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A James 3.8.1 with the plugin dropped in: to try it, to test it as a whole, to measure it. Nothing here ships.
 *
 * <p>Lives here: the command line ({@link org.mailroom.server.Main}) and the assembly of James
 * ({@link org.mailroom.server.JamesServer}). Must not live here: any class of the plugin. The plugin's JARs lie in
 * {@code extensions-jars/} of the working directory and James loads them as it does for everybody.
 */
package org.mailroom.server;
