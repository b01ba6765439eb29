/** All services with production security: own logins and encrypted connections. */
@NullMarked
package io.gonkapulse.quickstart.security;

import org.jspecify.annotations.NullMarked;
