using VoiceOrdering.Restaurants;

namespace VoiceOrdering.Grains.Restaurants;

/// <summary>Faults of one menu as they are found.</summary>
internal sealed class MenuFaults
{
    public List<MenuFault> All { get; } = [];

    public void Add(string path, string code, string sentence) => All.Add(new MenuFault(path, code, sentence));
}
