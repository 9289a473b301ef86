/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What system tests stand on: a James of its own in a child process, and ways to talk to it as its users do.
 *
 * <p>Tests start with {@link org.mailroom.server.harness.JamesProcess#in(java.nio.file.Path)}. Must not live here: what a test
 * asserts. Everything runs on loopback and ends with the test.
 */
package org.mailroom.server.harness;
