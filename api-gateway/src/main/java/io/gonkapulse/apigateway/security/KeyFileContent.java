package io.gonkapulse.apigateway.security;

import java.util.List;

/**
 * What stands in a file of keys.
 *
 * @param problems one text for each line that is not a key, with its number
 */
record KeyFileContent(List<ApiKey> keys, List<String> problems) {}
