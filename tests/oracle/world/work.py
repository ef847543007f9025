"""Tasks with their progress, and duties to report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.world.facilities import anyhow

if TYPE_CHECKING:
    from tests.oracle.world.rows import World


def add_work(world: World) -> None:
    """Add tasks and reporting duties."""
    for at in range(60):
        where = anyhow(world)
        project = world.tables["Project"][where["project"]]
        bound = world.random.random() < 0.85
        groups = [world.number("Agency", code) for code in ("hn.wards", "hn.ward-police")]
        number = world.add(
            "Task",
            code=f"t{at}",
            jurisdiction=where["jurisdiction"],
            programme=project["programme"],
            project=project["#"] if bound else None,
            nationalProject=project["nationalProject"] if bound else None,
            component=world.some("Project", chance=0.3),
            agency=world.random.choice((where["agency"], where["agency"], *groups, None)),
        )
        for link, target in (("Partner", "Agency"), ("Indicator", "Indicator")):
            for each in world.random.sample(list(world.tables[target]), world.random.randrange(3)):
                world.add(f"Task{link}", task=number, **{target.lower(): each})
        for _ in range(world.random.randrange(3)):
            whose = anyhow(world)
            code = f"tp{len(world.tables.get('TaskProgress', ()))}"
            world.add("TaskProgress", code=code, task=number, agency=whose["agency"])
    for at in range(8):
        where = anyhow(world)
        project = world.tables["Project"][where["project"]]
        world.add(
            "ReportingDuty",
            code=f"rd{at}",
            jurisdiction=where["jurisdiction"],
            programme=project["programme"],
            project=project["#"],
            nationalProject=project["nationalProject"],
            reporter=where["agency"],
            recipient=world.some("Agency"),
            via=world.some("Agency", chance=0.3),
        )
    world.add("ReportingRegime", code="rr")
