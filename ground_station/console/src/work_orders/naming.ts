import type { Category, Department, District, DetectorClass, SubDistrict } from "../api/types";

/** The names that belong to a matter; undefined where the catalogue does not have them. */
export interface MatterNames {
  category: Category | undefined;
  detectorClass: DetectorClass | undefined;
  department: Department | undefined;
  subDistrict: SubDistrict | undefined;
}

/** What is looked up: an incident, or a work order's incident with the work order's department. */
export interface Matter {
  category: string;
  class_key: string;
  department_id?: string;
  sub_district_id: string | null;
}

/** Looks a matter's keys up in the catalogue. */
export function namesOf(district: District, matter: Matter): MatterNames {
  const category = district.categories.find((one) => one.key === matter.category);
  const departmentId = matter.department_id ?? category?.department_id;
  return {
    category,
    detectorClass: category?.classes.find((one) => one.key === matter.class_key),
    department: district.departments.find((one) => one.id === departmentId),
    subDistrict: district.sub_districts.find((one) => one.id === matter.sub_district_id),
  };
}
