window.SwaggerUIBundle({ url: '/v3/api-docs', dom_id: '#docs', deepLinking: true, validatorUrl: null });
