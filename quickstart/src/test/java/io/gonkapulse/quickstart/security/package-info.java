/** All services as they should stand in production: each with its own logins, over encrypted connections. */
@NullMarked
package io.gonkapulse.quickstart.security;

import org.jspecify.annotations.NullMarked;
