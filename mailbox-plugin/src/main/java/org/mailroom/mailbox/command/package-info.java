/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command {@code mailroom} for administrators' shells: arguments come in, requests to webadmin go out. It runs in a process
 * of its own and needs nothing but Mailroom's JAR: no class of James, and none of Mailroom's other packages.
 */
package org.mailroom.mailbox.command;
