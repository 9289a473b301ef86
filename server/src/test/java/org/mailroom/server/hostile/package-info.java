/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mail and commands that are made to hurt a server, sent to one with a small heap over real connections. What is asserted
 * is that answers are right and that the server lives, never how long it takes.
 */
package org.mailroom.server.hostile;
