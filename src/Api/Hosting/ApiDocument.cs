using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using VoiceOrdering.Api.Identity;

namespace VoiceOrdering.Api.Hosting;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its browser at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "VoiceOrdering", Version = "v1", Description = "Orders by voice, text and click. Errors are RFC 9457 problems with a stable code." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[BearerScheme.Name] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "Access token of POST /api/v1/auth/token.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAccessAsync);
    });

    /// <summary>The browser; its scripts are files of the package, so the page needs no inline script.</summary>
    public static void UseApiDocument(this WebApplication app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "docs";
        options.DocumentTitle = "VoiceOrdering API";
        options.SwaggerEndpoint("/openapi/v1.json", "VoiceOrdering v1");
    });

    private static Task DescribeAccessAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var policies = metadata.OfType<AuthorizationPolicy>().ToArray();
        if (policies.Length == 0 || metadata.OfType<IAllowAnonymous>().Any())
        {
            return Task.CompletedTask;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme.Name, context.Document)] = [] }];
        var scopes = policies.SelectMany(policy => policy.Requirements).OfType<ScopeRequirement>().Select(requirement => requirement.Scope)
            .Concat(policies.SelectMany(policy => policy.Requirements).OfType<RealmScopeRequirement>().Select(requirement => $"{requirement.Scopes[0]} (operators: {requirement.Scopes[1]})")).Distinct().ToArray();
        if (scopes.Length > 0)
        {
            operation.Description = $"Needs the scope {string.Join(", ", scopes)}. {operation.Description}".TrimEnd();
        }

        return Task.CompletedTask;
    }
}
