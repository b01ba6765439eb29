package io.gonkapulse.apigateway.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class DocsConfiguration implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/docs").setViewName("forward:/docs/index.html");
        views.addViewController("/docs/").setViewName("forward:/docs/index.html");
    }
}
