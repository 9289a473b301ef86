/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rules on stored mail for administrators: HTTP routes under {@code /folderRules} in James's webadmin, and the task that
 * carries out a run. Requests come in, JSON goes out; what is done is known in {@code runs}.
 */
package org.mailroom.mailets.webadmin;
