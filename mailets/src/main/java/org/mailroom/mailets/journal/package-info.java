/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What was planned and done, on disk: plans and the journals of runs, as records that are written once and never
 * changed. Records come in and go out; what they mean for mail is known in {@code runs}, and James's store is not known
 * here.
 */
package org.mailroom.mailets.journal;
