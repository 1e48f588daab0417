namespace VoiceOrdering.Api.Hosting;

/// <summary>The web pages: plain files under <c>wwwroot</c>, each at an address without an ending.</summary>
internal static class Pages
{
    private static readonly (string Address, string File)[] Known = [("/", "index.html"), ("/kitchen", "kitchen.html"), ("/ops", "ops.html"), ("/admin", "admin.html")];

    /// <summary>Scripts, styles and pictures. They change with the program, so browsers ask each time and mostly get 304.</summary>
    public static void UsePages(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
    });

    /// <summary>The pages that are there.</summary>
    public static void MapPages(this WebApplication app)
    {
        foreach (var (address, name) in Known)
        {
            var file = app.Environment.WebRootFileProvider.GetFileInfo(name);
            if (file.Exists)
            {
                app.MapGet(address, (HttpContext http) =>
                {
                    http.Response.Headers.CacheControl = "no-cache";
                    return Results.Stream(file.CreateReadStream(), "text/html; charset=utf-8");
                }).AllowAnonymous().ExcludeFromDescription();
            }
        }
    }
}
