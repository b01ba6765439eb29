/** The whole service on real servers, and what is done to it. */
@NullMarked
package io.gonkapulse.earningsaggregator.service;

import org.jspecify.annotations.NullMarked;
