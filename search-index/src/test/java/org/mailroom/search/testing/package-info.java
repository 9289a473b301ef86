/* SPDX-License-Identifier: Apache-2.0 */
/** Mail to test with, for the tests of every module: {@link org.mailroom.search.testing.Corpus}. Nothing here ships. */
package org.mailroom.search.testing;
