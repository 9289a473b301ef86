/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What makes a James worth trying: a working directory laid out from {@code conf/}, two users, mail to search in, and a page
 * that says where everything is.
 *
 * <p>Must not live here: how James is assembled ({@link org.mailroom.server.JamesServer}) or stored. In come the command
 * line's values and mail files, out go files in the working directory and messages appended through James's mailbox API.
 */
package org.mailroom.server.trial;
