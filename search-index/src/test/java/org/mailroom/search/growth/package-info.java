/* SPDX-License-Identifier: Apache-2.0 */
/** How much work a text makes, counted and not timed, so that the tests of growth say the same on every machine. */
package org.mailroom.search.growth;
